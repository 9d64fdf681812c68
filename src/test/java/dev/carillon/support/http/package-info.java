/**
 * A running service and small clients for tests of its HTTP side.
 */
package dev.carillon.support.http;
