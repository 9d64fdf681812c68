package dev.carillon.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a member is in a room; each may do what the ones before may.
 */
enum Rank {

	/** Reads and writes. */
	@JsonProperty("member")
	MEMBER,
	/**
	 * Deletes messages, mutes, sets the slow mode, lets members in and sends them away.
	 */
	@JsonProperty("moderator")
	MODERATOR,
	/** Gives ranks. */
	@JsonProperty("owner")
	OWNER

}
