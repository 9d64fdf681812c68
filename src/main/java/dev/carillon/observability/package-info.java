/**
 * What an operator sees: health, endpoints and meters. Reads the numbers that the other
 * packages keep; none of them knows this one.
 */
@NullMarked
package dev.carillon.observability;

import org.jspecify.annotations.NullMarked;
