/**
 * The application: starts the service and nothing else.
 */
@NullMarked
package dev.carillon;

import org.jspecify.annotations.NullMarked;
