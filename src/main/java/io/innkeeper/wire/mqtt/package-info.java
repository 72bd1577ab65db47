/** What a publisher says to an MQTT 3.1.1 broker, and what it hears: records ⇄ octets (OASIS MQTT 3.1.1). */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.mqtt;
