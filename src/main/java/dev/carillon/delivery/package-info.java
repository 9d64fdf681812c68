/**
 * Delivery: one single-threaded loop per core moves cursors along the logs of topics and
 * hands what they pass to the sinks of sessions.
 */
@NullMarked
package dev.carillon.delivery;

import org.jspecify.annotations.NullMarked;
