package dev.carillon.scores;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The invented teams and players of simulated matches. A team has the same players
 * whenever it plays.
 */
final class Cast {

	private static final List<String> TOWNS = List.of("Alderbrook", "Brackenport", "Cinderford", "Dunmoor", "Eastmere",
			"Foxhollow", "Greywater", "Harrowgate", "Ivybridge", "Kestrel Bay", "Larkfield", "Millhaven", "Northcliff",
			"Oakhurst", "Pinecrest", "Redfern");

	private static final List<String> CLUBS = List.of("United", "Rovers", "Athletic", "City");

	private static final List<String> NICKNAMES = List.of("Comets", "Herons", "Anvils", "Foxes");

	private static final List<String> INITIALS = List.of("A.", "B.", "C.", "D.", "E.", "F.", "J.", "K.", "L.", "M.",
			"N.", "R.", "S.", "T.");

	private static final List<String> NAMES = List.of("Adeyemi", "Bergström", "Castellan", "Dvorak", "Eriksen",
			"Fontaine", "Grau", "Haddad", "Ilić", "Jansen", "Kovač", "Lindqvist", "Moreau", "Nakata", "Okafor",
			"Petrov", "Quiroga", "Rossi", "Sato", "Tamm", "Ueda", "Vargas", "Weiss", "Xu", "Yilmaz", "Zieliński");

	private static final int SQUAD = 16;

	private Cast() {
	}

	/**
	 * Two opponents.
	 */
	static List<String> opponents(Sport sport, Random random) {
		return switch (sport) {
			case SOCCER -> teams(CLUBS, random);
			case BASKETBALL -> teams(NICKNAMES, random);
			case TENNIS -> names(2, random);
		};
	}

	private static List<String> teams(List<String> suffixes, Random random) {
		List<String> towns = new ArrayList<>(TOWNS);
		Collections.shuffle(towns, random);
		return towns.subList(0, 2)
			.stream()
			.map((town) -> town + " " + suffixes.get(Math.floorMod(town.hashCode(), suffixes.size())))
			.toList();
	}

	/**
	 * The players of a team; the first eleven or five begin.
	 */
	static List<String> squad(String team) {
		return names(SQUAD, new Random(team.hashCode()));
	}

	private static List<String> names(int number, Random random) {
		List<String> names = new ArrayList<>(NAMES);
		Collections.shuffle(names, random);
		return names.subList(0, number)
			.stream()
			.map((name) -> INITIALS.get(random.nextInt(INITIALS.size())) + " " + name)
			.toList();
	}

}
