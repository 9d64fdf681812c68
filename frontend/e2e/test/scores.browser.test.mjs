import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshot } from '../support/browser.mjs';
import { calm, consoleWindows, fits } from '../support/console.mjs';
import { http, unique, url } from '../support/service.mjs';

describe('The page of scores', { timeout: 240_000 }, () => {
  const { open, openAs } = consoleWindows(url);

  const openScorer = (hash, options) => openAs('scorer', hash, options);

  async function match(name) {
    const id = unique(name);
    const fixture = { kind: 'soccer', home: `Reds of ${id}`, away: `Blues of ${id}` };
    await http('POST', '/api/scores', { user: 'scorer', body: { id, fixture } });
    return id;
  }

  function report(id, event) {
    return http('POST', `/api/scores/${id}/events`, { user: 'scorer', body: { event } });
  }

  test('shows another browser what a scorer reports, and what is taken back', async () => {
    const visitor = await open('#/scores');
    const scorer = await openScorer('#/scores');
    await scorer.getByRole('button', { name: 'Open a match' }).click();
    const dialog = scorer.getByRole('dialog', { name: 'Open a match' });
    const home = unique('Harbour');
    await dialog.getByLabel('Home').fill(home);
    await dialog.getByLabel('Away').fill('Hill');
    await dialog.getByRole('button', { name: 'Open it' }).click();

    // It appears in the list of the other browser, and its page is followed there.
    await visitor.getByRole('link', { name: home }).click();
    await visitor.getByText('Nothing has happened yet.').waitFor();
    assert.equal(await visitor.getByRole('button', { name: 'Report', exact: true }).count(), 0, 'is for scorers');

    await scorer.getByRole('button', { name: 'Report', exact: true }).click();
    await visitor.locator('.timeline').getByText('Play begins').waitFor();
    await visitor.locator('.scoreboard').getByText('first half').waitFor();
    await scorer.getByLabel('What happened').selectOption('goal');
    await scorer.getByRole('radio', { name: home }).check();
    await scorer.getByLabel('Player (optional)').fill('N. Moreau');
    await scorer.getByRole('button', { name: 'Report', exact: true }).click();
    const goal = visitor.locator('.timeline li[data-kind="goal"]');
    await goal.getByText(`Goal for ${home}`).waitFor();
    assert.match(await goal.textContent(), /N\. Moreau/);
    await visitor.locator('.scoreboard-side[data-side="home"] .scoreboard-points', { hasText: '1' }).waitFor();
    await visitor
      .locator('.match-card', { hasText: home })
      .locator('.match-points[data-side="home"]', { hasText: '1' })
      .waitFor();

    await scorer
      .locator('.timeline li[data-kind="goal"]')
      .getByRole('button', { name: /^Withdraw number/ })
      .click();
    await scorer.getByRole('button', { name: 'Yes, withdraw' }).click();
    await visitor.locator('.timeline li[data-kind="goal"][data-withdrawn]').getByText('withdrawn').waitFor();
    await visitor.locator('.scoreboard-side[data-side="home"] .scoreboard-points', { hasText: '0' }).waitFor();
    await screenshot(scorer, 'scores-desk');
    await calm(visitor);
    await calm(scorer);
  });

  test('lets the clock of a match run', async () => {
    const id = await match('clock');
    await report(id, { kind: 'period-start' });
    const page = await open(`#/scores/${id}`);
    const clock = page.locator('.scoreboard-clock .clock');
    const first = await clock.textContent();
    await page.waitForFunction((old) => document.querySelector('.scoreboard-clock .clock').textContent !== old, first);
    assert.match(await clock.textContent(), /^0:\d\d$/);
  });

  test('shows a refusal at the field it is about', async () => {
    const id = await match('refusals');
    await report(id, { kind: 'period-start' });
    await report(id, { kind: 'card', team: 'home', player: 'I. Ruiz', color: 'red' });
    const page = await openScorer(`#/scores/${id}`);
    await page.getByLabel('What happened').selectOption('card');
    await page.getByRole('radio', { name: 'Reds' }).check();
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.locator('[data-field="player"] .refused', { hasText: 'player' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'player');
    await page.getByLabel('Player', { exact: true }).fill('I. Ruiz');
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.locator('[data-field="player"] .refused', { hasText: 'I. Ruiz' }).waitFor();
    assert.equal(await page.locator('.timeline li').count(), 2);
    await screenshot(page, 'scores-refusal');
    // What the service refuses it answers with 400 or 409, which the browser notes.
    await calm(page, /\b4(00|09)\b/);
  });

  test('can be used with the keyboard alone', async () => {
    const id = await match('keyboard');
    const page = await openScorer(`#/scores/${id}`);
    await page.getByLabel('What happened').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Report');
    await page.keyboard.press('Enter');
    await page.locator('.timeline').getByText('Play begins').waitFor();
  });

  test('says so when there is no such match', async () => {
    const page = await open('#/scores/nobody-plays-this');
    await page.getByRole('heading', { name: 'The match could not be read' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  for (const [width, height] of [
    [1280, 900],
    [360, 740],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`fits ${width} px in ${colorScheme} colours`, async () => {
        const id = await match('looks');
        await report(id, { kind: 'period-start' });
        await report(id, { kind: 'goal', team: 'home', player: 'N. Moreau', how: 'penalty' });
        await report(id, { kind: 'card', team: 'away', player: 'A'.repeat(60), color: 'yellow' });
        const page = await openScorer(`#/scores/${id}`, { viewport: { width, height }, colorScheme });
        await page.locator('.timeline li').nth(2).waitFor();
        await fits(page);
        await screenshot(page, `scores-${width}-${colorScheme}`);
        await calm(page);
      });
    }
  }
});
