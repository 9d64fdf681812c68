/**
 * How a process ends without anybody noticing: nobody new comes in, everybody is sent
 * away a few at a time, and logs survive on disk.
 */
@NullMarked
package dev.carillon.drain;

import org.jspecify.annotations.NullMarked;
