/**
 * Version 2 of the lease monitor's protocol, the monitor's side: reports are acknowledged when they are stored, told once however
 * often they come, and the urgent ones go first. {@link io.innkeeper.feed.rdk.v2.ReportReceiver} is the loop; ║ {@code Conversation},
 * ║ {@code Deliveries} and ║ {@code WaitingReports} decide.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.rdk.v2;
