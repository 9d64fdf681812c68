/**
 * The kernel: a topic is a bounded, append-only log of entries, and a position names a
 * place in it. Knows neither Spring MVC nor STOMP.
 */
@NullMarked
package dev.carillon.topic;

import org.jspecify.annotations.NullMarked;
