// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, expect, it } from 'vitest';
import { HourBoard } from './HourBoard';
import { LineChart } from './LineChart';
import { Shares } from './Shares';

afterEach(cleanup);

const days = (x: number) => `day ${x}`;
const chart = (
  <LineChart
    label="Hosts online"
    moment={days}
    axis={days}
    series={[
      {
        name: 'Online',
        tone: 'ok',
        points: [
          { x: 1, y: 4 },
          { x: 2, y: null },
          { x: 3, y: 6 },
        ],
      },
    ]}
  />
);

it('tells the newest moment, and the arrow keys walk through the others', async () => {
  render(chart);
  const plot = screen.getByRole('slider', { name: 'Hosts online' });
  expect(plot.getAttribute('aria-valuetext')).toBe('day 3: Online 6');
  plot.focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(plot.getAttribute('aria-valuetext')).toBe('day 2: Online unknown');
  await userEvent.keyboard('{Home}');
  expect(screen.getByText('day 1', { selector: 'strong' })).toBeTruthy();
});

it('says the same as a table', async () => {
  render(chart);
  await userEvent.click(screen.getByText('Show as table'));
  const cells = (await screen.findAllByRole('cell')).map((cell) => cell.textContent);
  expect(cells).toEqual(['day 1', '4', 'day 2', '---', 'day 3', '6']);
});

it('shares have numbers and no fault that axe can find', async () => {
  const { container } = render(
    <>
      {chart}
      <Shares
        label="Platforms"
        total={200}
        rows={[
          { key: 'a', name: 'macOS', value: 150 },
          { key: 'b', name: 'Linux', value: 1 },
        ]}
      />
    </>,
  );
  expect(screen.getByText('75 %')).toBeTruthy();
  expect(screen.getByText('<1 %')).toBeTruthy();
  const { violations } = await axe.run(container);
  expect(violations.map((violation) => violation.id)).toEqual([]);
});

it('a board is walked through hour by hour and day by day', async () => {
  const start = new Date(2026, 2, 2).getTime();
  const hours = Array.from({ length: 60 }, (_, n) => ({ x: start + n * 3_600_000, y: n }));
  const { container } = render(
    <HourBoard
      label="Hosts online"
      points={hours}
      moment={(x) => new Date(x).toString().slice(4, 21)}
      day={(x) => String(new Date(x).getDate())}
      says={(x) => `${(x - start) / 3_600_000} online`}
    />,
  );
  const plot = screen.getByRole('slider', { name: 'Hosts online' });
  expect(plot.getAttribute('aria-valuetext')).toBe('Mar 04 2026 11:00: 59 online');
  plot.focus();
  await userEvent.keyboard('{ArrowUp}');
  expect(plot.getAttribute('aria-valuetext')).toBe('Mar 03 2026 11:00: 35 online');
  await userEvent.keyboard('{Home}{ArrowRight}');
  expect(plot.getAttribute('aria-valuetext')).toBe('Mar 02 2026 01:00: 1 online');
  const { violations } = await axe.run(container);
  expect(violations.map((violation) => violation.id)).toEqual([]);
});
