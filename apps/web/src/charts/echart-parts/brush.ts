import { BrushComponent, ToolboxComponent } from 'echarts/components';
import { use } from 'echarts/core';

// A brush asks for the toolbox, shown or not.
use([BrushComponent, ToolboxComponent]);
