"""Speaks to Innkeeper by gRPC without generated code: the server itself tells its contract (reflection).

Needs Debian's python3-grpcio and python3-protobuf. What watch.py and register.py share.
"""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

SERVICES = ("innkeeper.v1.WatcherService", "innkeeper.v1.ConfigurationService", "innkeeper.v1.DatabaseService")


def _reflection_messages():
    """The few fields of grpc.reflection.v1alpha that are needed here."""
    file = descriptor_pb2.FileDescriptorProto(name="reflection_in_short.proto", package="short", syntax="proto3")
    field = descriptor_pb2.FieldDescriptorProto

    def message(name, *fields):
        made = file.message_type.add(name=name)
        for number, field_name, kind, label, type_name in fields:
            made.field.add(name=field_name, number=number, type=kind, label=label, type_name=type_name)

    message("Request", (4, "file_containing_symbol", field.TYPE_STRING, field.LABEL_OPTIONAL, None))
    message("Files", (1, "file_descriptor_proto", field.TYPE_BYTES, field.LABEL_REPEATED, None))
    message("Answer", (4, "files", field.TYPE_MESSAGE, field.LABEL_OPTIONAL, ".short.Files"))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return [_message_class(pool.FindMessageTypeByName("short." + name)) for name in ("Request", "Answer")]


def _message_class(descriptor):
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory().GetPrototype(descriptor)


class Innkeeper:
    """A connection. Methods of all services are attributes: innkeeper.GetStatus(), innkeeper.WatchEvents(after=0)."""

    def __init__(self, server="127.0.0.1:9067"):
        # A dead connection is noticed, and tried again soon.
        options = [
            ("grpc.keepalive_time_ms", 20000),
            ("grpc.keepalive_timeout_ms", 10000),
            ("grpc.max_reconnect_backoff_ms", 2000),
        ]
        self.channel = grpc.insecure_channel(server, options=options)
        self._methods = None

    def _contract(self):
        """Asks the server for the descriptors of its services."""
        request, answer = _reflection_messages()
        ask = self.channel.stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            request_serializer=request.SerializeToString,
            response_deserializer=answer.FromString,
        )
        files = {}
        for reply in ask(iter([request(file_containing_symbol=name) for name in SERVICES]), timeout=10):
            for octets in reply.files.file_descriptor_proto:
                file = descriptor_pb2.FileDescriptorProto.FromString(octets)
                files[file.name] = file
        pool = descriptor_pool.DescriptorPool()

        def add(name):
            file = files.pop(name, None)
            if file is not None:
                for needed in file.dependency:
                    add(needed)
                pool.Add(file)

        for name in list(files):
            add(name)
        return {
            method.name: method
            for name in SERVICES
            for method in pool.FindServiceByName(name).methods
        }

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if self._methods is None:
            self._methods = self._contract()
        method = self._methods[name]
        request, answer = _message_class(method.input_type), _message_class(method.output_type)
        streams = any(
            each.server_streaming for each in _proto(method.containing_service).method if each.name == name
        )
        kind = self.channel.unary_stream if streams else self.channel.unary_unary
        call = kind(
            "/%s/%s" % (method.containing_service.full_name, name),
            request_serializer=request.SerializeToString,
            response_deserializer=answer.FromString,
        )
        # An answer within ten seconds, or none; a watch has no end.
        return lambda **fields: call(request(**fields), timeout=None if streams else 10)


def _proto(service):
    proto = descriptor_pb2.ServiceDescriptorProto()
    service.CopyToProto(proto)
    return proto


def as_json(message):
    """A message as JSON on several lines."""
    return json_format.MessageToJson(message, preserving_proto_field_name=True)
