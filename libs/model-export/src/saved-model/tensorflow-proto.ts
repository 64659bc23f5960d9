/**
 * The part of TensorFlow's messages that is written here, field numbers unchanged.
 * Source: https://github.com/tensorflow/tensorflow/tree/v2.16.1/tensorflow/core (protobuf/saved_model.proto, meta_graph.proto;
 * framework/graph.proto, node_def.proto, attr_value.proto, tensor.proto, tensor_shape.proto, versions.proto),
 * Copyright The TensorFlow Authors, Apache-2.0.
 */
export const tensorflowProto = `
syntax = "proto3";
package tensorflow;
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
message MetaGraphDef {
  message MetaInfoDef { repeated string tags = 4; string tensorflow_version = 5; }
  MetaInfoDef meta_info_def = 1;
  GraphDef graph_def = 2;
  map<string, SignatureDef> signature_def = 5;
}
message SignatureDef { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message TensorInfo { string name = 1; DataType dtype = 2; TensorShapeProto tensor_shape = 3; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message VersionDef { int32 producer = 1; }
message NodeDef { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
message AttrValue {
  message ListValue { repeated int64 i = 3; }
  oneof value {
    ListValue list = 1;
    bytes s = 2;
    float f = 4;
    bool b = 5;
    DataType type = 6;
    TensorShapeProto shape = 7;
    TensorProto tensor = 8;
    int64 i = 3;
  }
}
message TensorProto { DataType dtype = 1; TensorShapeProto tensor_shape = 2; bytes tensor_content = 4; }
message TensorShapeProto { message Dim { int64 size = 1; } repeated Dim dim = 2; }
enum DataType { DT_INVALID = 0; DT_FLOAT = 1; DT_INT32 = 3; }
`;
