/**
 * Scores: matches of soccer, basketball and tennis, each the sum of a timeline of events
 * that scorers report.
 */
@NullMarked
package dev.carillon.scores;

import org.jspecify.annotations.NullMarked;
