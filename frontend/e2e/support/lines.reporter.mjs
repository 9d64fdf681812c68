/**
 * Tells each test that has ended as one line of JSON, for the build to read: `{"name", "millis", "failure", "skipped"}`.
 * Names of groups stand before the name, with ` > ` between. What tests print goes to the standard error stream.
 */
export default async function* lines(events) {
  const groups = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      groups[data.nesting] = data.name;
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      process.stderr.write(data.message);
    } else if ((type === 'test:pass' || type === 'test:fail') && isOfInterest(type, data)) {
      const name = [...groups.slice(0, data.nesting), data.name].join(' > ');
      const millis = Math.round(data.details.duration_ms);
      const failure = type === 'test:fail' ? describe(data.details.error) : null;
      const skipped = data.skip !== undefined || data.todo !== undefined;
      yield `${JSON.stringify({ name, millis, failure, skipped })}\n`;
    }
  }
}

/** A group counts only when it fails by itself, not because of its tests. */
function isOfInterest(type, { details }) {
  return details.type !== 'suite' || (type === 'test:fail' && details.error?.failureType !== 'subtestsFailed');
}

function describe(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause);
}
