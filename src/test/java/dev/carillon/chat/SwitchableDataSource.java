package dev.carillon.chat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that can be switched off, and that can lose its connection at the worst
 * moment: when a commit has taken place and its answer is on the way.
 */
final class SwitchableDataSource extends DelegatingDataSource {

	private final AtomicBoolean off = new AtomicBoolean();

	private final AtomicBoolean loseAnswer = new AtomicBoolean();

	private final AtomicInteger commits = new AtomicInteger();

	SwitchableDataSource(DataSource delegate) {
		super(delegate);
	}

	void switchOff() {
		this.off.set(true);
	}

	void switchOn() {
		this.off.set(false);
	}

	/**
	 * The next commit takes place, but is reported as failed.
	 */
	void loseNextAnswer() {
		this.loseAnswer.set(true);
	}

	int commits() {
		return this.commits.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.off.get()) {
			throw new SQLTransientConnectionException("switched off");
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(_, method, arguments) -> {
					try {
						Object result = method.invoke(connection, arguments);
						if (method.getName().equals("commit")) {
							this.commits.incrementAndGet();
							if (this.loseAnswer.compareAndSet(true, false)) {
								throw new SQLNonTransientConnectionException("the answer is lost", "08006");
							}
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
