/** An instant in a zone, as Go's `time.Time`: milliseconds, and the zone that it is shown in. */
export class Moment {
  readonly milliseconds: number;
  readonly zone: Zone;

  constructor(milliseconds: number, zone: Zone = utc) {
    this.milliseconds = milliseconds;
    this.zone = zone;
  }

  /** Year, month and so on as the zone shows them. */
  get shown(): Date {
    return new Date(this.milliseconds + this.zone.offset * 60_000);
  }
}

export interface Zone {
  readonly name: string;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

export const utc: Zone = { name: 'UTC', offset: 0 };
