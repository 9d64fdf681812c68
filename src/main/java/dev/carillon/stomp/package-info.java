/**
 * STOMP 1.0, 1.1 and 1.2 over WebSocket: frames, the way through Spring's channels, and
 * the broker that puts subscriptions on logs.
 */
@NullMarked
package dev.carillon.stomp;

import org.jspecify.annotations.NullMarked;
