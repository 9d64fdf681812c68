package dev.carillon.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a user does with an emoji on a message.
 */
enum Reaction {

	/** Puts it there. */
	@JsonProperty("add")
	ADD,
	/** Takes it back. */
	@JsonProperty("remove")
	REMOVE

}
