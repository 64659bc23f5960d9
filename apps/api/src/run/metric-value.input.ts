import { Field, InputType } from 'type-graphql';
import { MetricNumber } from '../scalars';

@InputType({ description: 'One metric as it stands when its run ends.' })
export class MetricValueInput {
  @Field(() => String, { description: 'As logMetrics names it.' })
  key!: string;

  @Field(() => MetricNumber, { nullable: true, description: 'null counts as NaN.' })
  value?: number | null;
}
