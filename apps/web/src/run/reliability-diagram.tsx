import { formatPercent } from '../format/numbers';
import type { RunEvaluationQuery } from '../generated/graphql';

type Calibration = NonNullable<NonNullable<RunEvaluationQuery['run']>['evaluation']>['calibration'];

/** Units of the drawing; it scales with its panel. */
const [width, height, left, bottom, top] = [310, 230, 46, 34, 8];
const side = { x: width - left - 16, y: height - bottom - top };
const atX = (share: number) => left + share * side.x;
const atY = (share: number) => top + (1 - share) * side.y;

/** Bars are how often the model was right when it was so sure, and what is between that and its confidence; on the diagonal there is nothing. */
export function ReliabilityDiagram({ calibration: { ece, maximumError, bins } }: { calibration: Calibration }) {
  const filled = bins.filter(({ count }) => count > 0);
  const told = filled.map(({ confidence, accuracy, count }) => `${formatPercent(confidence!, 0)} sure, ${formatPercent(accuracy!, 0)} right, ${count}`).join('; ');
  return (
    <figure>
      <figcaption className="pb-1 text-xs text-faint">
        Reliability: expected calibration error <span className="num">{formatPercent(ece)}</span>, at most <span className="num">{formatPercent(maximumError)}</span> in a bar. Blue is how often it was right when it was so sure; red is what lies between that and the diagonal: below it is too sure of itself, above not sure enough.
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Reliability diagram, expected calibration error ${formatPercent(ece)}. ${told}.`} className="w-full max-w-md text-[9px]">
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share} className="num">
            <line x1={left} x2={left + side.x} y1={atY(share)} y2={atY(share)} stroke="var(--grid)" />
            <text x={left - 5} y={atY(share) + 3} textAnchor="end" fill="var(--faint)">{formatPercent(share, 0)}</text>
            <text x={atX(share)} y={height - bottom + 12} textAnchor="middle" fill="var(--faint)">{formatPercent(share, 0)}</text>
          </g>
        ))}
        {filled.map(({ lower, upper, count, confidence, accuracy }) => (
          <g key={lower}>
            <title>{`${count} pictures, ${formatPercent(confidence!)} sure, ${formatPercent(accuracy!)} right`}</title>
            <Bar lower={lower} upper={upper} from={0} to={Math.max(accuracy!, 0.004)} colour="var(--heat)" />
            <Bar lower={lower} upper={upper} from={Math.min(accuracy!, confidence!)} to={Math.max(accuracy!, confidence!)} colour="var(--heat-wrong)" opacity={0.6} />
          </g>
        ))}
        <line x1={atX(0)} y1={atY(0)} x2={atX(1)} y2={atY(1)} stroke="var(--muted)" strokeDasharray="4 3" />
        <text x={left + side.x / 2} y={height - 4} textAnchor="middle" fill="var(--muted)">confidence</text>
        <text transform={`translate(8 ${top + side.y / 2}) rotate(-90)`} textAnchor="middle" fill="var(--muted)">right</text>
      </svg>
    </figure>
  );
}

interface BarProps { lower: number; upper: number; from: number; to: number; colour: string; opacity?: number }

const Bar = ({ lower, upper, from, to, colour, opacity }: BarProps) =>
  <rect x={atX(lower) + 0.5} width={atX(upper) - atX(lower) - 1} y={atY(to)} height={atY(from) - atY(to)} fill={colour} opacity={opacity} />;
