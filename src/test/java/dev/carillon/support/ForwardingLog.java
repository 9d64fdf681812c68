package dev.carillon.support;

import java.util.concurrent.CompletionStage;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.TopicLog;
import org.jspecify.annotations.Nullable;

/**
 * A log that leaves everything to another one, for tests that change one thing.
 */
public class ForwardingLog implements TopicLog {

	private final TopicLog log;

	public ForwardingLog(TopicLog log) {
		this.log = log;
	}

	@Override
	public long epoch() {
		return this.log.epoch();
	}

	@Override
	public CompletionStage<?> ready() {
		return this.log.ready();
	}

	@Override
	public CompletionStage<Position> append(Publication publication) {
		return this.log.append(publication);
	}

	@Override
	public long head() {
		return this.log.head();
	}

	@Override
	public long tail() {
		return this.log.tail();
	}

	@Override
	public @Nullable Entry read(long offset) {
		return this.log.read(offset);
	}

	@Override
	public void release(long offset) {
		this.log.release(offset);
	}

	@Override
	public void expire(long now) {
		this.log.expire(now);
	}

	@Override
	public long bytes() {
		return this.log.bytes();
	}

	@Override
	public void close() {
		this.log.close();
	}

}
