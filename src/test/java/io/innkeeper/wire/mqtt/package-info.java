/** Tests of the octets that we say to an MQTT broker. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.mqtt;
