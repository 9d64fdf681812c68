package dev.carillon.chat;

/**
 * Application event: somebody who might read a room may not any more. Live subscriptions
 * of {@code /topic/chat.<room>} and {@code /topic/typing.<room>} are to be judged again
 * by {@link RoomAccess#mayRead}. Published on each node, on the thread that noticed,
 * after the new answer holds.
 *
 * @param room the room
 */
public record RoomAccessChanged(String room) {
}
