/** The load generator: many WebSocket clients on one thread, the loads they run, and the tables that come out. */
package dev.carillon.bench;
