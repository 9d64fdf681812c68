/**
 * Stock quotes: trades come from a source, become quotes, candles and alerts, and are
 * published to topics.
 */
@NullMarked
package dev.carillon.stocks;

import org.jspecify.annotations.NullMarked;
