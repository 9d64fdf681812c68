package dev.carillon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A Markdown file of the repository, as far as tests have to understand it.
 *
 * @param file where it is
 * @param sections its parts, in order
 */
record Document(Path file, List<Section> sections) {

	private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "dist", "results");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");

	private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");

	/**
	 * A heading and what follows it.
	 *
	 * @param heading its line, empty for what stands above the first one
	 * @param text what follows, without blocks of code
	 * @param blocks the blocks of code
	 */
	record Section(String heading, String text, List<Block> blocks) {

		/** Code within the text. */
		List<String> spans() {
			return SPAN.matcher(this.text).results().map((span) -> span.group(1)).toList();
		}

	}

	/**
	 * A block of code.
	 *
	 * @param language what it is said to be, or empty
	 * @param code the block
	 */
	record Block(String language, String code) {

		boolean isCommand() {
			return this.language.matches("|sh|shell|bash");
		}

	}

	/** All documents of the repository. */
	static Stream<Document> all() {
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					return NOT_OURS.contains(directory.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
							: FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.toString().endsWith(".md")) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files.stream().sorted().map(Document::of);
	}

	static Document of(Path file) {
		List<Section> sections = new ArrayList<>();
		String heading = "";
		StringBuilder text = new StringBuilder();
		List<Block> blocks = new ArrayList<>();
		String language = "";
		StringBuilder code = null;
		for (String line : read(file).lines().toList()) {
			if (line.stripLeading().startsWith("```")) {
				if (code == null) {
					language = line.strip().substring(3);
					code = new StringBuilder();
				}
				else {
					blocks.add(new Block(language, code.toString()));
					code = null;
				}
			}
			else if (code != null) {
				code.append(line).append('\n');
			}
			else if (line.matches("#{1,6} .*")) {
				sections.add(new Section(heading, text.toString(), List.copyOf(blocks)));
				heading = line;
				text.setLength(0);
				blocks.clear();
			}
			else {
				text.append(line).append('\n');
			}
		}
		sections.add(new Section(heading, text.toString(), List.copyOf(blocks)));
		return new Document(file, List.copyOf(sections));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Stream<Block> blocks() {
		return this.sections.stream().flatMap((section) -> section.blocks().stream());
	}

	/** Where it leads, as it is written. */
	Stream<String> links() {
		return this.sections.stream()
			.flatMap((section) -> LINK.matcher(section.heading() + section.text()).results())
			.map((link) -> link.group(1));
	}

	/** The file that a link leads to, or null if it leads out of the repository. */
	@Nullable Path target(String link) {
		if (link.matches("[a-z]+:.*")) {
			return null;
		}
		String path = link.replaceFirst("#.*", "");
		return path.isEmpty() ? this.file : this.file.resolveSibling(path).normalize();
	}

	/** The anchors of its headings, as GitHub makes them. */
	Set<String> anchors() {
		Set<String> anchors = new LinkedHashSet<>();
		for (Section section : this.sections) {
			String anchor = section.heading()
				.replaceFirst("^#+ ", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
			String unique = anchor;
			for (int i = 1; !anchors.add(unique); i++) {
				unique = anchor + "-" + i;
			}
		}
		return anchors;
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
