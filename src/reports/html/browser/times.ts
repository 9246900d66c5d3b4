/** Shows moments in the reader's own time; the address of the element keeps the exact one. */
export function localizeTimes(): void {
  for (const time of document.querySelectorAll('time')) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.dateTime;
    time.textContent = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }
}
