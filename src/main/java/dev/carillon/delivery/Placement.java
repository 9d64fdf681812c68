package dev.carillon.delivery;

import java.util.List;

import dev.carillon.topic.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where the cursors of a new subscription stand.
 *
 * @param positions the position of each cursor; several for a wildcard
 * @param recovered whether nothing after the given positions is lost, or null if none was
 * given
 */
public record Placement(List<Position> positions, @Nullable Boolean recovered) {

	public Placement {
		positions = List.copyOf(positions);
	}

}
