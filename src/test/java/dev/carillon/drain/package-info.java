/**
 * Tests of how a process ends.
 */
@NullMarked
package dev.carillon.drain;

import org.jspecify.annotations.NullMarked;
