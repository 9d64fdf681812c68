/**
 * SockJS: sessions for clients whose network lets no WebSocket pass, over whatever HTTP
 * it does let pass.
 */
@NullMarked
package dev.carillon.sockjs;

import org.jspecify.annotations.NullMarked;
