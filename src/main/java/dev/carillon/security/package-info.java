/**
 * Who may come in and what they may do: handshake, credentials, destination rules,
 * limits.
 */
@NullMarked
package dev.carillon.security;

import org.jspecify.annotations.NullMarked;
