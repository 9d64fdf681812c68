package dev.carillon.topic;

import java.security.Principal;
import java.util.Map;

/**
 * A rule of the application that families name as {@code rule:name}: for what words like
 * {@code authenticated} cannot express, such as being a member of a room.
 * <p>
 * Beans of this type are found by their {@link #name}. Any thread, delivery loops among
 * them, so a rule answers from memory and does not block.
 */
public interface AccessRule {

	/** What configuration calls it. */
	String name();

	/**
	 * Whether somebody may pass.
	 * @param who the user or guest
	 * @param variables the named segments of the family's pattern
	 */
	boolean permits(Principal who, Map<String, String> variables);

}
