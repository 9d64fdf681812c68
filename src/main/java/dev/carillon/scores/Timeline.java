package dev.carillon.scores;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.carillon.topic.Refusal;

/**
 * All that happened in a match, and what it comes to: the state is the sum of the events
 * that were not withdrawn. Immutable; a step makes the next one.
 *
 * @param opened how it began
 * @param steps all steps, in order
 * @param entries all events, in order, withdrawn ones marked
 * @param match the match as it stands
 */
record Timeline(Opened opened, List<Step> steps, List<TimelineEntry> entries, Match match) {

	static Timeline of(Opened opened) {
		return new Timeline(opened, List.of(), List.of(), Match.of(opened.fixture()));
	}

	/**
	 * The timeline of stored steps.
	 */
	static Timeline of(Opened opened, List<Step> steps) {
		Timeline timeline = of(opened);
		for (Step step : steps) {
			timeline = timeline.plus(step);
		}
		return timeline;
	}

	/**
	 * The timeline with one step more.
	 * @throws Refusal if the step is impossible: the event itself, or, without a
	 * withdrawn event, one of those after it
	 */
	Timeline plus(Step step) {
		List<Step> extended = new ArrayList<>(this.steps);
		extended.add(step);
		return switch (step) {
			case Step.Reported reported -> {
				Match next = this.match.after(reported.report(), reported.at());
				List<TimelineEntry> seen = new ArrayList<>(this.entries);
				seen.add(TimelineEntry.of(reported, next));
				yield new Timeline(this.opened, List.copyOf(extended), List.copyOf(seen), next);
			}
			case Step.Withdrawn withdrawn -> without(entry(withdrawn.event()), List.copyOf(extended));
		};
	}

	private Timeline without(TimelineEntry gone, List<Step> steps) {
		if (gone.withdrawn()) {
			throw Match.impossible("Event " + gone.number() + " is withdrawn already");
		}
		Match next = Match.of(this.opened.fixture());
		List<TimelineEntry> seen = new ArrayList<>(this.entries.size());
		for (TimelineEntry entry : this.entries) {
			if (entry.withdrawn() || entry == gone) {
				seen.add(entry.withdraw());
				continue;
			}
			Step.Reported reported = (Step.Reported) this.steps.get(entry.number() - 1);
			try {
				next = next.after(reported.report(), reported.at());
			}
			catch (Refusal refusal) {
				throw Match.impossible("Event " + gone.number() + " cannot be withdrawn, because event "
						+ entry.number() + " would be impossible without it: " + refusal.reason());
			}
			seen.add(TimelineEntry.of(reported, next));
		}
		return new Timeline(this.opened, steps, List.copyOf(seen), next);
	}

	private TimelineEntry entry(int number) {
		return this.entries.stream()
			.filter((entry) -> entry.number() == number)
			.findFirst()
			.orElseThrow(() -> new Refusal(Refusal.Code.NOT_FOUND,
					"The match " + this.opened.id() + " has no event with the number " + number));
	}

	/**
	 * The entry that a step is about: the event that was reported or withdrawn.
	 */
	TimelineEntry about(Step step) {
		return entry(switch (step) {
			case Step.Reported reported -> reported.number();
			case Step.Withdrawn withdrawn -> withdrawn.event();
		});
	}

	/**
	 * The step that an author took under the same key before.
	 */
	Optional<Step> repeated(Author author) {
		return this.steps.stream().filter((step) -> author.repeats(step.by())).findFirst();
	}

	int nextNumber() {
		return this.steps.size() + 1;
	}

	/** When the last step was taken. */
	Instant changedAt() {
		return this.steps.isEmpty() ? this.opened.at() : this.steps.getLast().at();
	}

	/**
	 * The newest entries, the newest first.
	 */
	List<TimelineEntry> recent(int number) {
		List<TimelineEntry> newest = this.entries.subList(Math.max(0, this.entries.size() - number),
				this.entries.size());
		return newest.reversed();
	}

	/**
	 * The number of the newest step, 0 before the first.
	 */
	int number() {
		return this.steps.size();
	}

}
