package dev.carillon.scores;

/**
 * {@link MemoryTimelines}.
 */
class MemoryTimelinesTests extends TimelinesContract {

	private final Timelines timelines = new MemoryTimelines();

	@Override
	Timelines timelines() {
		return this.timelines;
	}

}
