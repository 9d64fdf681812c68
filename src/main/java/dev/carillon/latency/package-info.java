/**
 * How late messages reach browsers, as those say themselves: reports, a histogram for
 * each family of topics, and whether it is as it should be.
 */
@NullMarked
package dev.carillon.latency;

import org.jspecify.annotations.NullMarked;
