package dev.carillon.scores;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Refusal;

/**
 * Timelines in the memory of this process; gone after a restart.
 */
final class MemoryTimelines implements Timelines {

	private final Map<String, Stored> kept = new LinkedHashMap<>();

	@Override
	public synchronized boolean open(Opened opened) {
		boolean repeated = this.kept.values().stream().anyMatch((other) -> opened.by().repeats(other.opened().by()));
		return !repeated && this.kept.putIfAbsent(opened.id(), new Stored(opened, new ArrayList<>())) == null;
	}

	@Override
	public synchronized boolean append(String match, Step step) {
		Stored timeline = this.kept.get(match);
		if (timeline == null) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "There is no match " + match);
		}
		boolean taken = timeline.steps()
			.stream()
			.anyMatch((other) -> other.number() == step.number() || step.by().repeats(other.by()));
		return !taken && timeline.steps().add(step);
	}

	@Override
	public synchronized List<Step> steps(String match) {
		Stored timeline = this.kept.get(match);
		return (timeline != null) ? List.copyOf(timeline.steps()) : List.of();
	}

	@Override
	public synchronized List<Stored> all() {
		return this.kept.values()
			.stream()
			.sorted(Comparator.comparing((timeline) -> timeline.opened().at()))
			.map((timeline) -> new Stored(timeline.opened(), List.copyOf(timeline.steps())))
			.toList();
	}

	@Override
	public synchronized void remove(String match) {
		this.kept.remove(match);
	}

}
