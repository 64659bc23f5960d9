import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([CanvasRenderer, AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent]);

export { init };
