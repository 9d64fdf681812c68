/**
 * Delivery: a few single-threaded loops move cursors along the logs of topics and hand
 * what they pass to the sinks of sessions.
 */
@NullMarked
package dev.carillon.delivery;

import org.jspecify.annotations.NullMarked;
