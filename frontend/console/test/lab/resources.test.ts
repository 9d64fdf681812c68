import { expect, test } from 'vitest';
import { feedBody } from '../../src/pages/lab/feed.ts';
import { Resources } from '../../src/pages/lab/resources.ts';

test('answers count for who has asked, each once', () => {
  const resources = new Resources();
  resources.ask('polling', 'http://here/api/messages?a');
  resources.ask('sse', 'http://here/api/stream');
  const entry = { name: 'http://here/api/messages?a', encodedBodySize: 50, transferSize: 350 };
  resources.take(entry);
  resources.take(entry);
  resources.take({ ...entry, name: 'http://here/other' });
  expect(resources.of('polling')).toEqual({ answers: 1, encoded: 50, transferred: 350 });
  expect(resources.of('sse').answers).toBe(0);
  resources.ask('polling', entry.name);
  resources.take(entry);
  expect(resources.of('polling').answers).toBe(2);
  resources.forget('polling');
  expect(resources.of('polling').answers).toBe(0);
});

test.each([50, 500, 5000])('a body of %i bytes', (size) => {
  const body = feedBody(1234, size);
  expect(body.length).toBe(size);
  expect(JSON.parse(body)).toMatchObject({ n: 1234 });
});
