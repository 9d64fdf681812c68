package dev.carillon.security;

import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * One time that somebody has signed in with a page. What was opened with it, or with a
 * ticket that was fetched with it, ends with it: whoever keeps something open for a user
 * asks to be told.
 * <p>
 * Travels as the details of the {@link Authentication}. Credentials that come with each
 * request have none. Any thread.
 */
public final class SignIn {

	private final Set<Runnable> told = new HashSet<>();

	private boolean over;

	/**
	 * The sign-in that a user is known by, or null if it is not by one.
	 */
	public static @Nullable SignIn of(@Nullable Principal user) {
		return (user instanceof Authentication authentication && authentication.getDetails() instanceof SignIn signIn)
				? signIn : null;
	}

	/**
	 * Whether a user is known by a sign-in that has ended.
	 */
	public static boolean isOver(Principal user) {
		SignIn signIn = of(user);
		return signIn != null && signIn.isOver();
	}

	/**
	 * Runs an action when the sign-in of a user ends; at once if it has ended.
	 * @param action must not block
	 * @return what to run to be told no more; idempotent
	 */
	public static Runnable whenOver(Principal user, Runnable action) {
		SignIn signIn = of(user);
		if (signIn == null) {
			return () -> {
			};
		}
		signIn.tell(action);
		return () -> signIn.forget(action);
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	private void tell(Runnable action) {
		synchronized (this) {
			if (!this.over) {
				this.told.add(action);
				return;
			}
		}
		action.run();
	}

	private synchronized void forget(Runnable action) {
		this.told.remove(action);
	}

	/** Ends it and what was opened with it; idempotent. */
	public void end() {
		List<Runnable> actions;
		synchronized (this) {
			this.over = true;
			actions = List.copyOf(this.told);
			this.told.clear();
		}
		actions.forEach(Runnable::run);
	}

}
