/**
 * Chat: rooms and direct messages, stored in a database before they are published.
 */
@NullMarked
package dev.carillon.chat;

import org.jspecify.annotations.NullMarked;
