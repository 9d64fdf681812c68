/**
 * Presence: who follows a topic, how many they are, who came and who went.
 */
@NullMarked
package dev.carillon.presence;

import org.jspecify.annotations.NullMarked;
