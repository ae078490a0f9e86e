/**
 * @template T
 * @typedef {{ name: string, needs?: string[], weight?: number, run: () => Promise<T> }} Task
 *   `weight` is how many cores it keeps busy
 */

/**
 * Runs tasks as soon as what they need has ended (well or not) and cores are left for them; in the given order among
 * those that could start. Needs that are not in the list count as done.
 * @template T
 * @param {Task<T>[]} tasks @param {number} cores
 * @returns {Promise<T[]>} in the order of the tasks; rejects with the first error, after what runs has ended
 */
export async function schedule(tasks, cores) {
  const names = new Set(tasks.map((task) => task.name));
  const done = new Set();
  const waiting = [...tasks];
  const results = new Map();
  const running = new Map();
  let used = 0;
  /** @type {{ error: unknown }[]} */
  const failures = [];
  const weightOf = (/** @type {Task<T>} */ task) => Math.min(task.weight ?? 1, cores);
  const mayStart = (/** @type {Task<T>} */ task) =>
    used + weightOf(task) <= cores && (task.needs ?? []).every((need) => !names.has(need) || done.has(need));

  while (waiting.length > 0 || running.size > 0) {
    for (let index = 0; failures.length === 0 && index < waiting.length;) {
      const task = waiting[index];
      if (!task || !mayStart(task)) {
        index++;
        continue;
      }
      waiting.splice(index, 1);
      used += weightOf(task);
      const settled = task
        .run()
        .then((result) => results.set(task.name, result))
        .catch((error) => void failures.push({ error }))
        .then(() => {
          used -= weightOf(task);
          done.add(task.name);
          running.delete(task.name);
        });
      running.set(task.name, settled);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (failures[0]) throw failures[0].error;
  if (waiting.length > 0) throw new Error(`these wait for each other: ${waiting.map((task) => task.name).join(", ")}`);
  return tasks.map((task) => results.get(task.name));
}
