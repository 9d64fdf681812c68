/**
 * What databases that features keep things in need beside SQL: that a committed change
 * survives, and that a broken file is opened anew.
 */
@NullMarked
package dev.carillon.storage;

import org.jspecify.annotations.NullMarked;
