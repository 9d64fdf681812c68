package dev.carillon.scores;

import org.jspecify.annotations.Nullable;

/**
 * What a scorer sends to create a match.
 *
 * @param id how the match shall be called in destinations, chosen here if absent
 * @param fixture who plays, by which rules
 */
record Opening(@Nullable String id, Fixture fixture) {

	Opening {
		if (id != null) {
			Fields.matchId("id", id);
		}
		Fields.required("fixture", fixture);
	}

}
