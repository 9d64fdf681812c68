import { expect, test } from 'vitest';
import { Track } from '../../src/pages/lab/track.ts';

const message = (offset: number, publishedAt: number, epoch = 'e1'): Parameters<Track['take']>[0] => ({
  position: `${epoch}-${offset}`,
  publishedAt,
  size: 10,
});

function following(): Track {
  const track = new Track();
  track.placed(1000, 1000, 'e1-6', undefined);
  return track;
}

test('an old value to begin with is no news, what is published afterwards is', () => {
  const track = following();
  expect(track.take(message(7, 900))).toEqual({ isNew: true, isLive: false });
  expect(track.take(message(8, 1001))).toEqual({ isNew: true, isLive: true });
  expect(track.received).toBe(2);
  expect(track.position).toBe('e1-8');
  expect(track.missed).toBe(0);
});

test('what comes twice is counted and is not new', () => {
  const track = following();
  track.take(message(7, 1001));
  expect(track.take(message(7, 1001)).isNew).toBe(false);
  expect(track.take(message(3, 1001)).isNew).toBe(false);
  expect(track.doubled).toBe(2);
  expect(track.received).toBe(1);
});

test('after a cut what was published meanwhile is replayed, and nothing is missed', () => {
  const track = following();
  track.take(message(7, 1001));
  track.cut(2000);
  expect(track.recovery).toMatchObject({ since: 2000, from: 'e1-7', away: undefined });
  track.placed(5000, 5000, 'e1-7', true);
  track.take(message(8, 3000));
  track.take(message(9, 4000));
  track.take(message(10, 5001));
  track.take(message(11, 5002));
  expect(track.recovery).toEqual({ since: 2000, from: 'e1-7', away: 3000, recovered: true, replayed: 2, missed: 0 });
});

test('what fell out of the log meanwhile is missed', () => {
  const track = following();
  track.take(message(7, 1001));
  track.cut(2000);
  track.placed(9000, 9000, 'e1-100', false);
  track.take(message(101, 8000));
  expect(track.recovery).toMatchObject({ recovered: false, replayed: 1, missed: 93 });
  // Afterwards it is none of the cut's business.
  track.take(message(102, 9001));
  track.take(message(110, 9002));
  expect(track.recovery?.missed).toBe(93);
  expect(track.missed).toBe(100);
});

test('several cuts until it is back are one', () => {
  const track = following();
  track.take(message(7, 1001));
  track.cut(2000);
  track.cut(3000);
  track.placed(4000, 4000, undefined, true);
  expect(track.recovery).toMatchObject({ since: 2000, away: 2000 });
});

test('a log that has started over begins anew', () => {
  const track = following();
  track.take(message(7, 1001));
  track.cut(2000);
  track.placed(4000, 4000, 'e2-0', false);
  expect(track.take(message(1, 4001, 'e2'))).toEqual({ isNew: true, isLive: true });
  expect(track.position).toBe('e2-1');
  expect(track.missed).toBe(0);
  expect(track.doubled).toBe(0);
});
