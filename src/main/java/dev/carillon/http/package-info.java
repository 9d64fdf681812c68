/**
 * HTTP for publishers and for clients without a socket: publish, poll, long poll and
 * event streams over the same logs, and tickets.
 */
@NullMarked
package dev.carillon.http;

import org.jspecify.annotations.NullMarked;
