package dev.carillon.chat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.carillon.storage.Durability;
import dev.carillon.topic.Refusal;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The way to the database: how much may go on at once, what survives, and what a client
 * hears when it is away. A change is on the disk when {@link #commit} returns.
 */
final class Database {

	private static final int H2_LOCK_TIMEOUT = 50200;

	private final Durability durability;

	private final TransactionOperations transactions;

	private final Semaphore readers;

	private final Duration patience;

	/**
	 * The way to one database.
	 * @param concurrentReads how many may read at once, so that a connection is left for
	 * the writer
	 * @param patience how long a reader waits for its turn
	 */
	Database(JdbcTemplate jdbc, TransactionOperations transactions, int concurrentReads, Duration patience) {
		this.durability = new Durability(jdbc);
		this.transactions = transactions;
		this.readers = new Semaphore(concurrentReads);
		this.patience = patience;
	}

	/**
	 * Reads. Blocks until a connection is free and the database has answered.
	 * @throws Refusal if the database is away or busy
	 */
	<T> T read(Supplier<T> query) {
		boolean admitted = false;
		try {
			admitted = this.readers.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
			if (!admitted) {
				throw unavailable();
			}
			return query.get();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			throw unavailable();
		}
		catch (DataAccessException | TransactionException ex) {
			this.durability.recover(ex);
			throw unavailable();
		}
		finally {
			if (admitted) {
				this.readers.release();
			}
		}
	}

	/**
	 * Runs one transaction. Blocks until it is on the disk.
	 * @throws Refusal if the database is away, if what was changed has meanwhile been
	 * changed by somebody else, or thrown by the work itself; then nothing is changed
	 */
	<T> T write(Supplier<T> work) {
		try {
			return commit(work);
		}
		catch (DataIntegrityViolationException _) {
			throw new Refusal(Refusal.Code.CONFLICT, "Somebody else changed the same at this moment; try again");
		}
		catch (DataAccessException | TransactionException _) {
			throw unavailable();
		}
	}

	/**
	 * Runs one transaction. Blocks until it is on the disk; what goes wrong is thrown as
	 * it is.
	 */
	<T> T commit(Supplier<T> work) {
		try {
			T result = execute(work);
			this.durability.sync();
			return result;
		}
		catch (DataAccessException | TransactionException ex) {
			this.durability.recover(ex);
			throw ex;
		}
	}

	/**
	 * H2 says of two transactions that wait for each other no more than that a lock was
	 * not to be had in time.
	 */
	private <T> T execute(Supplier<T> work) {
		try {
			return this.transactions.execute((_) -> work.get());
		}
		catch (QueryTimeoutException ex) {
			if (ex.getRootCause() instanceof SQLException cause && cause.getErrorCode() == H2_LOCK_TIMEOUT) {
				throw new CannotAcquireLockException("A lock was not to be had in time", ex);
			}
			throw ex;
		}
	}

	static Refusal unavailable() {
		return new Refusal(Refusal.Code.UNAVAILABLE,
				"The chat cannot reach its database at the moment; try again shortly");
	}

}
